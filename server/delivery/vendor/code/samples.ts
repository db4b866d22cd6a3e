import { type TagSubject, tag } from './tag.ts';

/** What the samples are filled in with. Nothing of it is secret. */
export interface SampleSubject extends TagSubject {
  /** Page on which the vendor creates secrets. */
  keysUrl: string;
}

/** The form that sends the credential to the backend. */
export function pageSample(subject: SampleSubject): string {
  return `<script type="module" src="${subject.publicUrl}/widget.js"></script>
<form method="post" action="/register">
  ${tag(subject, '…').replaceAll('\n', '\n  ')}
  <label>Name <input name="name" autocomplete="name"></label>
  <label>Email <input name="email" type="email" autocomplete="email"></label>
  <button>Create account</button>
</form>`;
}

/** Reads what a user shared, in any backend. It runs as it is, with the secret in an environment variable. */
export function readSample(subject: SampleSubject): string {
  return `# CLIENT_SECRET is shown once; create a new one at ${subject.keysUrl}
# SUB is the sub of a credential that you have verified.
TOKEN=$(curl -sS --fail-with-body '${subject.publicUrl}/custom_api/external_login' \\
  -d 'client_id=${subject.clientId}' \\
  --data-urlencode "client_secret=$CLIENT_SECRET" \\
  -d 'environment=${subject.environment}' \\
  | sed -E 's/.*"token":"([^"]+)".*/\\1/')

curl -sS --fail-with-body "${subject.publicUrl}/1/users/$SUB" \\
  -H "Authorization: Bearer $TOKEN"`;
}
