/** Property of a raw request under which the engine's adapter finds the network address: Fastify's, which believes TRUST_PROXY alone. */
export const CLIENT_ADDRESS = Symbol('client address');
