import type { AppField } from '#storage/apps.ts';

/** The two lines that put the button on a page, filled in. */
export function tagOf(publicUrl: string, clientId: string, fields: readonly AppField[]): string {
  return `<script type="module" src="${publicUrl}/widget.js"></script>
${tag({ clientId }, fields)}`;
}

/**
 * The element. Without its attribute `fields`, the popup asks for what the app requires, so the tag of an app with optional fields names
 * them all.
 */
export function tag({ clientId, nonce }: { clientId: string; nonce?: string }, fields: readonly AppField[]): string {
  const asksForMore = fields.some(({ required }) => !required);
  const attributes = [
    `client-id="${clientId}"`,
    ...(nonce === undefined ? [] : [`nonce="${nonce}"`]),
    ...(asksForMore ? [`fields="${fields.map(({ field }) => field).join(' ')}"`] : []),
  ];
  return `<signup-with-platform ${attributes.join(' ')}></signup-with-platform>`;
}
