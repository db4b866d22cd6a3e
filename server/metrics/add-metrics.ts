import type { Registry } from '@prometheus-io/client';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { answerAtAddress, type Figures } from './answer.ts';
import { measureAttempts } from './attempts.ts';
import { measureBotChecks } from './bot-checks.ts';
import { measureBounds } from './bounds.ts';
import { measureDirectory } from './directory.ts';
import type { Measured } from './measured.ts';
import { measureOutbox } from './outbox.ts';
import { serveAtOwnPort } from './own-port.ts';
import { measureResources } from './resources.ts';

/**
 * Adds `/metrics` in Prometheus text format: at the platform's address, or at a port of its own.
 * @param figures what it answers. Default: the figures of this process alone
 */
export function addMetrics(
  app: FastifyInstance,
  registry: Registry,
  config: Pick<Config, 'metricsToken' | 'metricsPort' | 'publicUrl' | 'host' | 'keepAliveMs'>,
  measured: Measured,
  figures: Figures = registry,
): void {
  measureResources(registry, measured);
  measureAttempts(registry, measured.events);
  measureBotChecks(registry, measured.botChecks);
  if (measured.directory) measureDirectory(registry, measured.directory);
  measureBounds(registry, measured.bounds);
  measureOutbox(registry, measured.outbox);
  const { metricsPort } = config;
  if (metricsPort !== undefined) {
    serveAtOwnPort(app, figures, { ...config, metricsPort });
    return;
  }
  const answer = answerAtAddress(figures, config);
  app.get('/metrics', { logLevel: 'warn' }, async (request, reply) => {
    const { status, headers, body } = await answer(request.raw);
    return reply.code(status).headers(headers).send(body);
  });
}
