import { hash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { OwnField } from '../../../process/settings/own-fields.ts';

/**
 * Serves what the widget shows of the operator's own fields, and fills forms with: labels in every language, HTML's names, and what shops call
 * them. Pages ask for it only after somebody has shared one, so it costs those without nothing. It says nothing about anybody.
 */
export function addOwnFieldsFile(app: FastifyInstance, fields: readonly OwnField[]): void {
  const text = JSON.stringify(fields.map(shown));
  const etag = `"${hash('sha256', text, 'base64url').slice(0, 22)}"`;
  app.get('/own-fields.json', (request, reply) => {
    reply.headers({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=300',
      etag,
    });
    if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send();
    return reply.type('application/json; charset=utf-8').send(text);
  });
}

function shown({ name, type, label, autocomplete, formNames, options }: OwnField) {
  return { name, type, label, autocomplete, form_names: formNames, options };
}
