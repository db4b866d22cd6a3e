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
}

/** A page that another part of the server answers. */
export interface Link {
  href: string;
  label: string;
}

export interface Chapter {
  title: string;
  items: readonly (Entry | Link)[];
}

const page = (slug: string, label?: string): Entry => ({ slug, file: `docs/${slug}.md`, ...(label && { label }) });

/** Every page, in the order of the list of contents. A page whose file does not exist is left out. */
export const CONTENTS: readonly Chapter[] = [
  {
    title: 'Start',
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
    items: [
      page('verify'),
      page('backend-node', 'Node'),
      page('backend-python', 'Python'),
      page('backend-php', 'PHP'),
      page('backend-go', 'Go'),
      page('backend-java', 'Java'),
      { slug: 'node-library', file: 'client/README.md', label: 'Node library' },
      page('login-uri', 'Posted to your backend'),
      page('code-flow', 'Redeem a code'),
      { ...page('openid-connect-clients', 'OpenID Connect libraries'), issuer: PLATFORM_PLACEHOLDER },
      page('clients', 'Libraries that were tried'),
    ],
  },
  {
    title: 'APIs',
    items: [
      page('user-api', 'User API'),
      { href: '/docs/api', label: 'API reference' },
      page('external-login', 'Machine login'),
      page('embedded-sign-up', 'Embedded sign-up'),
      page('downloads', 'OpenAPI and Postman'),
    ],
  },
  {
    title: 'Sessions and devices',
    items: [
      page('sign-out', 'Sign-out'),
      page('stay-connected', 'Stay connected'),
      page('native-apps', 'Native apps'),
      page('devices', 'Tills, tablets and TVs'),
    ],
  },
  { title: 'Test and launch', items: [page('sandbox', 'Sandbox'), page('go-live', 'Go-live checklist')] },
  {
    title: 'Operate a platform',
    items: [
      page('operate', 'Operate'),
      page('settings', 'Settings'),
      page('mail', 'Mail'),
      page('command-line', 'Command line'),
      page('benchmarks'),
      page('releases', 'Releases'),
      { slug: 'changelog', file: 'CHANGELOG.md', label: 'Changelog' },
    ],
  },
  {
    title: 'About',
    items: [
      page('security', 'Security'),
      page('rfc9700', 'RFC 9700'),
      page('conformance', 'Conformance'),
      page('accessibility', 'Accessibility'),
      page('compatibility', 'Compatibility'),
      page('glossary', 'Glossary'),
    ],
  },
];

export const isEntry = (item: Entry | Link): item is Entry => 'slug' in item;

/** The address of a page. */
export const addressOf = (slug: string): string => (slug === 'index' ? '/docs' : `/docs/${slug}`);
