import type { PageDocument, PageScript, PageTag } from '@signup-with-platform/protocol';

/**
 * Elements whose content is text to a browser that runs scripts, whatever it looks like (HTML section 13.2.6.2), and where each ends. The
 * patterns ignore case, because a page in lower case may be longer: some characters become two.
 */
const TEXT_ELEMENT_ENDS: ReadonlyMap<string, RegExp> = new Map(
  ['script', 'style', 'textarea', 'title', 'noscript', 'iframe', 'xmp', 'noembed', 'noframes'].map((name) => [
    name,
    new RegExp(`</${name}`, 'gi'),
  ]),
);
const TAG_NAME = /<([a-z][^\s/>]*)/iy;
const ATTRIBUTE = /[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/y;
const WIDGET_SCRIPT = /^(\/widget\/[0-9a-f]{16})?\/widget\.js$|signup-with-platform/;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };

type Attributes = ReadonlyMap<string, string>;

/** Reads from a page, as its server sends it, the tags, the scripts that look like the widget's and the policies in meta elements. */
export function readDocument(html: string, pageUrl: string): PageDocument {
  const tags: PageTag[] = [];
  const scripts: PageScript[] = [];
  const policies: string[] = [];
  const referrerPolicies: string[] = [];
  for (const { name, attributes } of startTags(html)) {
    if (name === 'signup-with-platform') {
      tags.push({
        clientId: attributes.get('client-id'),
        platform: attributes.get('platform'),
        redirectUri: attributes.get('redirect-uri'),
        nonce: attributes.get('nonce') ?? '',
        fields: attributes.get('fields'),
      });
    } else if (name === 'script') {
      const script = scriptOf(attributes, pageUrl);
      if (script) scripts.push(script);
    } else if (name === 'meta' && attributes.get('http-equiv')?.toLowerCase() === 'content-security-policy') {
      policies.push(attributes.get('content') ?? '');
    } else if (name === 'meta' && attributes.get('name')?.toLowerCase() === 'referrer') {
      referrerPolicies.push(attributes.get('content') ?? '');
    }
  }
  return { tags, scripts, policies, referrerPolicies };
}

function scriptOf(attributes: Attributes, pageUrl: string): PageScript | undefined {
  const src = attributes.get('src');
  if (!src || !URL.canParse(src, pageUrl)) return undefined;
  const url = new URL(src, pageUrl);
  if (!WIDGET_SCRIPT.test(url.pathname)) return undefined;
  return {
    src: url.href,
    isModule: attributes.get('type')?.trim().toLowerCase() === 'module',
    nonce: attributes.get('nonce'),
  };
}

/** Goes through a page once, so that its time depends on its length alone. */
function* startTags(html: string): Generator<{ name: string; attributes: Attributes }> {
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at)) {
    if (html.startsWith('<!--', at)) {
      at = html.indexOf('-->', at + 2);
      if (at === -1) return;
      continue;
    }
    TAG_NAME.lastIndex = at;
    const name = TAG_NAME.exec(html)?.[1]?.toLowerCase();
    if (name === undefined) {
      at += 1;
      continue;
    }
    const attributes = new Map<string, string>();
    at = readAttributes(html, TAG_NAME.lastIndex, attributes);
    yield { name, attributes };
    const end = TEXT_ELEMENT_ENDS.get(name);
    if (end) {
      end.lastIndex = at;
      const found = end.exec(html);
      if (!found) return;
      at = found.index + 1;
    }
  }
}

/** @returns where the tag ends */
function readAttributes(html: string, start: number, attributes: Map<string, string>): number {
  let at = start;
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const found = ATTRIBUTE.exec(html);
    if (!found) return at;
    at = ATTRIBUTE.lastIndex;
    const [, name = '', double, single, bare] = found;
    // Of two attributes of one name, the first counts.
    if (!attributes.has(name.toLowerCase()))
      attributes.set(name.toLowerCase(), withoutEntities(double ?? single ?? bare ?? ''));
  }
}

function withoutEntities(text: string): string {
  return text.replaceAll(
    /&(amp|lt|gt|quot|#39|#x27);/gi,
    (entity, name: string) => ENTITIES[name.toLowerCase()] ?? entity,
  );
}
