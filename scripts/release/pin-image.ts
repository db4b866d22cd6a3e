import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../run.ts';

const IMAGE = /^(ARG NODE_IMAGE=)([\w/-]+):([\w.-]+)(?:@sha256:[0-9a-f]{64})?$/m;
/** An index of the image's platforms, so that the digest is right on each of them. */
const INDEX = 'application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json';
const TIMEOUT_MS = 30_000;

/** Where images of Docker Hub are, and who lets anybody read them. */
export const DOCKER_HUB = {
  registry: 'https://registry-1.docker.io',
  tokens: 'https://auth.docker.io/token?service=registry.docker.io',
};

/**
 * Pins the base image of a Dockerfile to what its tag means today, so that an image of a release can be built again from the same base.
 *
 * @returns the Dockerfile
 * @throws Error when the registry does not say
 */
export async function pinImage(dockerfile: string, { registry, tokens } = DOCKER_HUB): Promise<string> {
  const [, argument = '', name = '', tag = ''] = IMAGE.exec(dockerfile) ?? [];
  if (!name) throw new Error('The Dockerfile names no NODE_IMAGE.');
  const repository = name.includes('/') ? name : `library/${name}`;
  const { token } = (await (await ask(`${tokens}&scope=repository:${repository}:pull`)).json()) as { token?: string };
  const headers = { accept: INDEX, authorization: `Bearer ${token}` };
  const { headers: answer } = await ask(`${registry}/v2/${repository}/manifests/${tag}`, { method: 'HEAD', headers });
  const digest = answer.get('docker-content-digest') ?? '';
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) throw new Error(`The registry gives no digest of ${name}:${tag}.`);
  return dockerfile.replace(IMAGE, `${argument}${name}:${tag}@${digest}`);
}

async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}.`);
  return response;
}

if (import.meta.main) {
  const file = join(ROOT, 'Dockerfile');
  writeFileSync(file, await pinImage(readFileSync(file, 'utf8')));
  console.log(IMAGE.exec(readFileSync(file, 'utf8'))?.[0]);
}
