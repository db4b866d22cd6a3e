import { issuerOf } from '@signup-with-platform/protocol';
import type { Config } from '#config.ts';
import { Upstreams } from '#upstream/upstreams.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

/** Whether the other logins answer, and what their pages do to the window that goes there. */
export async function examineUpstreams({ upstreams, handOver, publicUrl }: Config): Promise<Finding[]> {
  if (upstreams.length === 0 && !handOver) return [ok('upstreams', 'UPSTREAMS is not set: people sign in here alone.')];
  const all = upstreams.map((settings) => ({ ...settings, realms: ['production'] as const }));
  const issuer = issuerOf(publicUrl, 'production');
  const opened = await Upstreams.open(all, { realm: 'production', issuer, handOver });
  return Promise.all(
    opened.all.map(async (upstream): Promise<Finding> => {
      const { id, settings } = upstream;
      try {
        await upstream.look();
      } catch (error) {
        return problem(
          'upstreams',
          `${id}: ${settings.issuer} could not be asked about itself: ${(error as Error).message}.`,
          'Compare the issuer with the one in its /.well-known/openid-configuration, to the letter, and see that this machine may call it.',
        );
      }
      if (!upstream.severs)
        return ok('upstreams', `${id} answers, and its pages leave the popup connected to the shop.`);
      const how =
        settings.coop === 'severs'
          ? 'UPSTREAMS says so'
          : 'its Cross-Origin-Opener-Policy does it, or could not be seen';
      return settings.coop === 'auto' && settings.only
        ? warning(
            'upstreams',
            `${id} answers, and its pages cut the popup off from the shop (${how}), so that it opens in a window of its own, by a press.`,
            'If its login pages have no such header, set "coop": "keeps".',
          )
        : ok(
            'upstreams',
            `${id} answers, and opens in a window of its own, because its pages cut the popup off (${how}).`,
          );
    }),
  );
}
