import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StoreContext } from '../store-context.ts';

/** What answers a route of `demo/routes.ts`. */
export type Handler = (store: StoreContext, request: FastifyRequest, reply: FastifyReply) => unknown;
