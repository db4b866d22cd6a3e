import type { Throttle } from './throttle.ts';

type Judgement<Found> = { waitMs: number } | { found: Found };

/**
 * Looks up the code that a device shows, and slows whoever guesses (RFC 8628 section 5.1). There are 20^8 codes, so a network with its 30
 * wrong ones in a quarter of an hour finds one of a thousand waiting devices in 200 years. A guess is counted before it is looked up, so that
 * parallel ones do not get around the limit, and a right one is given back.
 *
 * When very many are wrong, somebody has a lot of networks. Then each network has three tries, so that people still get in.
 * @param place.realm codes of the two are guessed apart
 */
export async function lookUpUserCode<Found>(
  throttle: Throttle,
  { realm, address }: { realm: string; address: string | undefined },
  lookUp: () => Promise<Found | undefined>,
): Promise<Judgement<Found | undefined>> {
  const waitMs = await throttle.count('userCodes', { address });
  if (waitMs > 0) return { waitMs };
  const isUnderAttack = (await throttle.look('wrongUserCodes', realm)).waitMs > 0;
  const paceMs = isUnderAttack ? await throttle.count('userCodesUnderAttack', { address }) : 0;
  if (paceMs > 0) return { waitMs: paceMs };
  const found = await lookUp();
  if (found === undefined) {
    await throttle.tally('wrongUserCodes', realm);
  } else {
    await throttle.giveBack('userCodes', { address });
    if (isUnderAttack) await throttle.giveBack('userCodesUnderAttack', { address });
  }
  return { found };
}
