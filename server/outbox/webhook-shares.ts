import type { ClaimedDelivery, Saturated } from '../storage/webhook-deliveries.ts';

/** Calls at once to one endpoint that answers. One that fails gets one, to see whether it still does. */
const PER_WEBHOOK = 4;

/**
 * What gets no further place now. Endpoints cost nothing, so many that are slow or dead must not take all places: those that fail have half of them
 * at most, and so has the sandbox, where anybody has apps.
 * @param busy what is being delivered here
 */
export function saturatedBy(
  busy: readonly Pick<ClaimedDelivery, 'webhookId' | 'isFailing' | 'realm'>[],
  slots: number,
): Saturated {
  const calls = new Map<string, number>();
  for (const { webhookId, isFailing } of busy)
    calls.set(webhookId, (calls.get(webhookId) ?? 0) + (isFailing ? PER_WEBHOOK : 1));
  const half = (those: readonly unknown[]) => those.length >= slots / 2;
  return {
    webhooks: [...calls].filter(([, count]) => count >= PER_WEBHOOK).map(([id]) => id),
    failing: half(busy.filter(({ isFailing }) => isFailing)),
    sandbox: half(busy.filter(({ realm }) => realm === 'sandbox')),
  };
}
