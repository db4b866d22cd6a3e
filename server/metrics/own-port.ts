import { once } from 'node:events';
import type { FastifyInstance } from 'fastify';
import { createHttpServer } from '../../process/http-server.ts';
import type { Config } from '../config.ts';
import { ListenError } from '../start-failure.ts';
import { answerAtOwnPort, type Figures } from './answer.ts';

type Settings = Pick<Config, 'metricsToken' | 'host' | 'keepAliveMs'> & { readonly metricsPort: number };

/** Serves `/metrics`, and nothing else, at METRICS_PORT, for as long as the app runs. */
export function serveAtOwnPort(app: FastifyInstance, figures: Figures, settings: Settings): void {
  const answer = answerAtOwnPort(figures, settings);
  const { server, drain } = createHttpServer(settings.keepAliveMs, (request, response) => {
    const [path] = (request.url ?? '').split('?');
    if (path !== '/metrics')
      return void response.writeHead(404, { 'content-type': 'text/plain' }).end('See /metrics.\n');
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
    answer(request).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error: unknown) => {
        app.log.error({ err: error }, 'metrics could not be read');
        response.writeHead(500).end();
      },
    );
  });
  app.addHook('onReady', async () => {
    try {
      await once(server.listen(settings.metricsPort, settings.host), 'listening');
    } catch (error) {
      throw new ListenError(error as NodeJS.ErrnoException, 'METRICS_PORT');
    }
    app.log.info(`Metrics at http://${settings.host}:${settings.metricsPort}/metrics`);
  });
  app.addHook('onClose', drain);
}
