import { html } from '@lit-labs/ssr';
import { codeBlock } from './code-block.ts';
import { toJson } from './literals.ts';
import type { DocumentedPlatform, Section } from './section.ts';

/** Quota, repetition, pages of lists, versions: what the calls have in common. */
export function behaviour(platform: DocumentedPlatform): Section[] {
  return [quota(platform), idempotency(platform), pagination(platform), conditional(platform)];
}

function quota({ quotaPerHour }: DocumentedPlatform): Section {
  const count = quotaPerHour.toLocaleString('en');
  return {
    id: 'quota',
    title: 'Quota',
    text: html`<p>An app may make ${count} requests within an hour, over all of its keys. Each answer says how many are left. Above that you get 429 <a href="#error-too_many_requests"><code>too_many_requests</code></a> with <code>Retry-After</code>, in seconds. Guessing at passwords is slowed down much earlier, with the same status.</p>`,
    aside: codeBlock(
      'Headers of the quota',
      `RateLimit-Policy: "hour";q=${quotaPerHour};w=3600\nRateLimit: "hour";r=${quotaPerHour - 1};t=3600`,
    ),
  };
}

function idempotency({ publicUrl }: DocumentedPlatform): Section {
  return {
    id: 'idempotency',
    title: 'Repeating a request safely',
    shortTitle: 'Idempotency',
    text: html`<p>When the connection breaks you cannot know whether a user was made. Send an <code>Idempotency-Key</code>, such as a UUID, and send the same request again with the same key: within 24 hours it is answered as the first one was, with <code>Idempotency-Replayed: true</code>, and nothing is done twice. Another request with the same key gets 409 <a href="#error-idempotency_key_reused"><code>idempotency_key_reused</code></a>. Refusals are not kept: mend the request and keep the key.</p>`,
    aside: codeBlock(
      'With a key for this request',
      `curl ${publicUrl}/1/users \\\n  -u "$SECRET_KEY:" \\\n  -H 'Idempotency-Key: 8f1b6f0e-6a52-4d6c-9a3e-2f4f0a3d5c11' \\\n  -d email=jane.doe@example.com \\\n  -d password=Orchid-lamp-42`,
    ),
  };
}

function pagination({ publicUrl }: DocumentedPlatform): Section {
  return {
    id: 'pagination',
    title: 'Pagination',
    text: html`<p>Lists are newest first, in pages of <code>limit</code> (1 to 100, 10 unless you say otherwise). <code>next</code> and <code>previous</code> are the addresses of the neighbouring pages, or null; the header <code>Link</code> says the same (RFC 8288). To walk by hand, send the id of the last user as <code>starting_after</code>, or of the first as <code>ending_before</code>. Users made in between shift nothing.</p>`,
    aside: codeBlock(
      'A page of a list',
      toJson({
        data: [],
        has_more: true,
        next: `${publicUrl}/1/users?limit=3&starting_after=lFVofRqhZ8KxW2mD4tQyNA`,
        previous: null,
      }),
    ),
  };
}

function conditional({ publicUrl }: DocumentedPlatform): Section {
  return {
    id: 'conditional-requests',
    title: 'Conditional requests',
    text: html`<p>A user comes with an <code>ETag</code>. Send it as <code>If-None-Match</code> to get 304 without a body when nothing has changed. Send it as <code>If-Match</code> with an update, and it is refused with 412 when somebody else was faster (RFC 9110 section 13).</p>`,
    aside: codeBlock(
      'Only if it changed',
      `curl ${publicUrl}/1/users/lFVofRqhZ8KxW2mD4tQyNA \\\n  -u "$SECRET_KEY:" \\\n  -H 'If-None-Match: "Vn8X3rS0pG2mQ6kA9dTfLw"'`,
    ),
  };
}
