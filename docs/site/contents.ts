import { PLATFORM_PLACEHOLDER } from './fillings.ts';

/** A page of the site. Its address is `/docs/` and its slug; that of `index` is `/docs`. */
export interface Entry {
  slug: string;
  /** From the root of the repository. */
  file: string;
  /** In the list of contents. Default: the page's heading. */
  label?: string;
  /** What stands for the issuer in its examples. Default: the sandbox's, in which every app begins. */
  issuer?: string;
  /** A report or a table of evidence, which has everybody's words and answers few questions: the search ranks it lower. */
  isEvidence?: true;
}

/** A page that another part of the server answers. */
export interface Link {
  href: string;
  label: string;
}

/** Vendors see only the pages of a platform that runs; operators have its commands and files. */
export type Audience = 'vendors' | 'operators';

export interface Chapter {
  title: string;
  audience: Audience;
  items: readonly (Entry | Link)[];
}

const page = (slug: string, label?: string): Entry => ({ slug, file: `docs/${slug}.md`, ...(label && { label }) });

/** Every page, in the order of the list of contents, vendors' first. A page whose file does not exist is left out. */
export const CONTENTS: readonly Chapter[] = [
  {
    title: 'Start',
    audience: 'vendors',
    items: [
      page('index', 'Overview'),
      page('quickstart', 'Quickstart'),
      page('how-it-works'),
      page('use-cases'),
      page('faq', 'Questions'),
      page('contact'),
    ],
  },
  {
    title: 'The element',
    audience: 'vendors',
    items: [
      page('element', 'Reference'),
      page('element-errors', 'Errors'),
      page('theming', 'Looks'),
      page('embedding', 'CSP, COOP and frames'),
      page('filling', 'Filling forms'),
      page('frameworks', 'Frameworks'),
      page('packages', 'Install the packages'),
      { slug: 'element-package', file: 'widget/README.md', label: 'npm package' },
      page('versions-and-integrity', 'Versions and integrity'),
    ],
  },
  {
    title: 'Your backend',
    audience: 'vendors',
    items: [
      page('verify'),
      page('backend-node', 'Node'),
      page('backend-python', 'Python'),
      page('backend-php', 'PHP'),
      page('backend-go', 'Go'),
      page('backend-java', 'Java'),
      { slug: 'node-library', file: 'client/README.md', label: 'Node library' },
      page('login-uri', 'Posted to your backend'),
      page('verify-webhooks'),
      page('code-flow', 'Redeem a code'),
      { ...page('openid-connect-clients', 'OpenID Connect libraries'), issuer: PLATFORM_PLACEHOLDER },
      { ...page('clients', 'Libraries that were tried'), isEvidence: true },
    ],
  },
  {
    title: 'APIs',
    audience: 'vendors',
    items: [
      page('user-api', 'User API'),
      { href: '/docs/api', label: 'API reference' },
      page('external-login', 'Machine login'),
      page('webhooks'),
      page('embedded-sign-up', 'Embedded sign-up'),
      page('downloads', 'OpenAPI and Postman'),
    ],
  },
  {
    title: 'Sessions and devices',
    audience: 'vendors',
    items: [
      page('sign-out', 'Sign-out'),
      page('stay-connected', 'Stay connected'),
      page('native-apps', 'Native apps'),
      page('devices', 'Tills, tablets and TVs'),
    ],
  },
  {
    title: 'Test and launch',
    audience: 'vendors',
    items: [page('sandbox', 'Sandbox'), page('go-live', 'Go-live checklist')],
  },
  {
    title: 'About',
    audience: 'vendors',
    items: [
      page('security', 'Security'),
      page('accessibility', 'Accessibility'),
      page('compatibility', 'Compatibility'),
      { ...page('rfc9700', 'RFC 9700'), isEvidence: true },
      { ...page('conformance', 'Conformance'), isEvidence: true },
      page('glossary', 'Glossary'),
    ],
  },
  {
    title: 'Run a platform',
    audience: 'operators',
    items: [
      page('operate', 'Operate'),
      page('scaling', 'Scaling'),
      page('settings', 'Settings'),
      page('import', 'Bring your people'),
      page('management-api', 'Management API'),
      page('upstreams', 'Other logins'),
      page('directory', 'Live directory'),
      page('hand-over', 'Hand-over from your website'),
      page('own-fields', 'Your own fields'),
      page('mail', 'Mail'),
      page('command-line', 'Command line'),
      page('releases', 'Releases'),
      page('benchmarks', 'Benchmarks'),
      { slug: 'changelog', file: 'CHANGELOG.md', label: 'Changelog' },
    ],
  },
];

export const isEntry = (item: Entry | Link): item is Entry => 'slug' in item;

/** The address of a page. */
export const addressOf = (slug: string): string => (slug === 'index' ? '/docs' : `/docs/${slug}`);
