import { ENVIRONMENTS, type Environment } from '@signup-with-platform/protocol';

const SLUGS: Readonly<Record<Environment, string>> = {
  localhost: 'localhost',
  'development:sandbox': 'sandbox',
  production: 'production',
};

/** How an environment is named in a path. */
export function slugOf(environment: Environment): string {
  return SLUGS[environment];
}

export function environmentOfSlug(slug: string): Environment | undefined {
  return ENVIRONMENTS.find((environment) => SLUGS[environment] === slug);
}
