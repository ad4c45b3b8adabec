-- Found with a hundred thousand finished requests: what a thing's owner card and a taken name look up.
CREATE INDEX stack_entity_entity ON stack_entity (entity);
CREATE INDEX request_stack ON request (stack);
