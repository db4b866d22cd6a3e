import { html } from '@lit-labs/ssr';
import { codeBlock } from './code-block.ts';
import { toJson } from './literals.ts';
import type { DocumentedPlatform, Section } from './section.ts';

/** The sections about what all calls share: quota, idempotency, pagination, conditional requests. */
export function behaviour(platform: DocumentedPlatform): Section[] {
  return [quota(platform), idempotency(platform), pagination(platform), conditional(platform), unknownNames(platform)];
}

function quota({ quotaPerHour }: DocumentedPlatform): Section {
  const count = quotaPerHour.toLocaleString('en');
  return {
    id: 'quota',
    title: 'Quota',
    text: html`<p>An app may make ${count} requests per hour, over all of its keys. Each response says how many are left. Further requests
get 429 <a href="#error-too_many_requests"><code>too_many_requests</code></a> with <code>Retry-After</code>, in seconds. Wrong
passwords have much lower limits, with the same status.</p>`,
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
    text: html`<p>When the connection breaks, you cannot know whether the user was created. So send an <code>Idempotency-Key</code>, such as
a UUID, and repeat the same request with the same key. Within 24 hours, or until the user is deleted, you get the first answer again, with
<code>Idempotency-Replayed: true</code>, and nothing is done twice, even when both are sent at once. A different request with the same key gets 409
<a href="#error-idempotency_key_reused"><code>idempotency_key_reused</code></a>. Errors are not stored, so you can correct a request
and keep its key.</p>`,
    aside: codeBlock(
      'With a key for this request',
      [
        `curl ${publicUrl}/1/users`,
        '-u "$SECRET_KEY:"',
        "-H 'Idempotency-Key: 8f1b6f0e-6a52-4d6c-9a3e-2f4f0a3d5c11'",
        '-d email=jane.doe@example.com',
        '-d password=Orchid-lamp-42',
      ].join(' \\\n  '),
    ),
  };
}

function pagination({ publicUrl }: DocumentedPlatform): Section {
  return {
    id: 'pagination',
    title: 'Pagination',
    text: html`<p>Lists are sorted newest first. A page has <code>limit</code> users (1 to 100, default 10). <code>next</code> and
<code>previous</code> are the URLs of the neighbouring pages, or null; the <code>Link</code> header contains the same URLs (RFC 8288).
To build a URL yourself, send the id of the page&rsquo;s last user as <code>starting_after</code>, or of its first user as
<code>ending_before</code>. Users that are created in between do not shift the pages.</p>`,
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
    text: html`<p>Each user has an <code>ETag</code>. Send it as <code>If-None-Match</code> to get 304 without a body when the user has not
changed. Send it as <code>If-Match</code> with an update to get 412 when the user has changed since you read it
(RFC 9110 section 13).</p>`,
    aside: codeBlock(
      'Only if it changed',
      `curl ${publicUrl}/1/users/lFVofRqhZ8KxW2mD4tQyNA \\\n  -u "$SECRET_KEY:" \\\n  -H 'If-None-Match: "Vn8X3rS0pG2mQ6kA9dTfLw"'`,
    ),
  };
}

function unknownNames({ publicUrl }: DocumentedPlatform): Section {
  return {
    id: 'unknown-parameters',
    title: 'Parameters that a call does not know',
    shortTitle: 'Unknown parameters',
    text: html`<p>In the query, an unknown parameter is an error. In the body, a name that resembles a missing parameter is an error, too:
the message names the one that you probably meant. Other names are ignored, and listed in <code>X-Ignored-Parameters</code> and in your app&rsquo;s events. You
can send a user back as you read it.</p>`,
    aside: codeBlock(
      'A misspelt name',
      [
        `curl -X PUT ${publicUrl}/1/users/USER_ID -u "$SECRET_KEY:" -d emial=jane.doe@example.com`,
        '',
        'HTTP/1.1 400 Bad Request',
        toJson({
          error: 'invalid_request',
          status: 400,
          message: 'There is no parameter "emial" in this call. Did you mean email?',
        }),
      ].join('\n'),
    ),
  };
}
