import type { PersonCall } from '#portal/route.ts';

export function secondFactorPath({ base }: Pick<PersonCall, 'base'>): string {
  return `${base}/security/second-factor`;
}
