/** The two lines that put the button on a page, filled in. */
export function tagOf(publicUrl: string, clientId: string): string {
  return `<script type="module" src="${publicUrl}/widget.js"></script>
<signup-with-platform client-id="${clientId}"></signup-with-platform>`;
}
