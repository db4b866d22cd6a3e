import { addressOf } from './contents.ts';
import { PLATFORM_PLACEHOLDER } from './fillings.ts';
import type { Site, Source } from './site.ts';

const SUMMARY = `# Sign up with Platform

> "Sign in with Google" that a platform hosts itself. A vendor puts \`<signup-with-platform>\` into a page; a person signs in, sees what is shared,
> and agrees; the vendor's backend verifies a signed credential, which is an OpenID Connect ID token.

The issuer is ${PLATFORM_PLACEHOLDER}, and ${PLATFORM_PLACEHOLDER}/sandbox for apps in the environments \`localhost\` and \`development:sandbox\`.
The API is described in OpenAPI 3.1 at ${PLATFORM_PLACEHOLDER}/openapi.json. Each page below is also there as Markdown, at its address and \`.md\`.
`;

/** The pages with a line each, as https://llmstxt.org proposes. */
export function llmsTxt({ chapters, pages }: Pick<Site, 'chapters' | 'pages'>): string {
  const lines = chapters.flatMap(({ title, audience, items }) => [
    `\n## ${audience === 'operators' ? `For operators: ${title}` : title}\n`,
    ...items.map(({ label, href, slug }) => {
      const page = slug === undefined ? undefined : pages[slug];
      const address = `${PLATFORM_PLACEHOLDER}${slug === undefined ? href : `/docs/${slug}.md`}`;
      return `- [${page?.title ?? label}](${address})${page ? `: ${page.description}` : ''}`;
    }),
  ]);
  return `${SUMMARY}${lines.join('\n')}\n`;
}

/** Every page in one text. */
export function llmsFullTxt(sources: readonly Source[]): string {
  const pages = sources.map(
    ({ slug, text }) => `\n---\n\nSource: ${PLATFORM_PLACEHOLDER}${addressOf(slug)}\n\n${text.trim()}\n`,
  );
  return SUMMARY + pages.join('');
}
