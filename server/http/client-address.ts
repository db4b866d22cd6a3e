/** Property of a raw request that tells the engine's adapter the client's network address, as Fastify found it by TRUST_PROXY. */
export const CLIENT_ADDRESS = Symbol('client address');
