import type { PersonCall } from '#portal/route.ts';
import type { ConnectedShop } from '#storage/connected-shops.ts';

export function shopPath({ base }: Pick<PersonCall, 'base'>, { clientId }: Pick<ConnectedShop, 'clientId'>): string {
  return `${base}/shops/${clientId}`;
}
