import MarkdownIt from 'markdown-it';
import { textOf } from './markdown.ts';
import { anchors } from './slugs.ts';

export interface CodeBlock {
  /** `slug#anchor/n`: the page, the heading above, and which block below it. */
  key: string;
  language: string;
  code: string;
}

/** The blocks of code of a page, those in lists and quotes too. */
export function codeBlocksOf(slug: string, markdown: string): CodeBlock[] {
  const anchorFor = anchors();
  const blocks: CodeBlock[] = [];
  let anchor = '';
  let count = 0;
  const tokens = new MarkdownIt({ html: true }).parse(markdown, {});
  for (const [index, { type, info, content }] of tokens.entries()) {
    if (type === 'heading_open') {
      anchor = anchorFor(textOf(tokens[index + 1]));
      count = 0;
    }
    if (type !== 'fence') continue;
    count += 1;
    const [language = ''] = info.trim().split(/\s+/);
    blocks.push({ key: `${slug}#${anchor}/${count}`, language, code: content.replace(/\n$/, '') });
  }
  return blocks;
}

/** What becomes of a block: a test that runs it, or the reason why none does. */
export type Fate = { runIn: string } | { notRun: string };

const HERE = 'scripts/code-blocks.test.ts';
const IN_BROWSER = 'e2e/docs.spec.ts';

/** For every block of a language, unless its page or the block says otherwise. */
export const FATES_OF_LANGUAGES: Readonly<Record<string, Fate>> = {
  json: { runIn: HERE },
  sh: { runIn: HERE },
  html: { runIn: IN_BROWSER },
  css: { runIn: IN_BROWSER },
};

/** For every block of a page, unless the block says otherwise. */
export const FATES_OF_PAGES: Readonly<Record<string, Fate>> = {
  embedding: { runIn: 'e2e/strict-csp.spec.ts' },
  'versions-and-integrity': { runIn: 'e2e/frameworks.spec.ts' },
  'openid-connect-clients': { runIn: 'e2e/clients/npm.spec.ts' },
  'node-library': { runIn: 'client/readme.test.ts' },
  benchmarks: { notRun: 'each takes minutes and loads the machine; bench/ has tests of its own' },
  'element-package': { notRun: 'parts of pages; e2e/frameworks.spec.ts runs examples/, which have the same lines' },
  packages: { notRun: 'npm run test:packages types what the portal prints, with the address of a platform that runs' },
  frameworks: { notRun: 'npm run test:packages installs the packages and runs the examples' },
  'backend-node': { notRun: 'npm run test:samples runs it' },
  'backend-python': { notRun: 'npm run test:samples runs it where there is Python' },
  'backend-php': { notRun: 'npm run test:samples runs it where there is PHP' },
  'backend-go': { notRun: 'npm run test:samples runs it where there is Go' },
  'backend-java': { notRun: 'npm run test:samples runs it where there is Java' },
  'verify-webhooks': { notRun: 'npm run test:samples runs it where its language is' },
  operate: { notRun: 'for a host of an operator; npm run test:https and test:nginx run what they are about' },
  scaling: { notRun: 'for hosts of an operator; npm run test:cluster runs what they are about' },
  import: { notRun: 'exports of other systems, whose rows server/domain/import/mappers/ reads in its tests' },
  settings: { notRun: 'settings of a host' },
  'command-line': { notRun: 'commands of an operator, whose tests are in server/delivery/cli/' },
  releases: { notRun: 'npm run test:release runs what a release is made by' },
  changelog: { notRun: 'what former versions were like' },
};

export const FATES: Readonly<Record<string, Fate>> = {
  'quickstart#2-save-one-file/1': { runIn: HERE },
  'quickstart#3-run-it/1': { notRun: 'it installs a package of npm; the server that it starts is run' },
  'mail#see-them-all/1': { notRun: 'it writes files here; server/delivery/cli/mail.test.ts runs the command' },
  'how-it-works#the-journey/1': { notRun: 'a drawing' },
  'element#events/1': { runIn: IN_BROWSER },
  'filling#what-the-page-hears/1': { runIn: IN_BROWSER },
  'verify#by-any-library/1': { runIn: HERE },
  'user-api#lists-page-by-page/2': { runIn: HERE },
  'own-fields#approve-who-may-ask/1': { notRun: 'for an app of yours; scripts/own-fields.test.ts runs the command' },
  'directory#what-it-is-asked/1': {
    notRun: 'what the platform sends, which server/directory/directory.test.ts receives',
  },
  'directory#set-it-up/1': { notRun: 'servers that run until they are stopped; e2e/live-directory.spec.ts has both' },
  'hand-over#a-page-of-yours/1': { notRun: 'it writes keys here; e2e/hand-over.spec.ts uses their like' },
  'hand-over#try-it-on-your-machine/1': {
    notRun: 'servers that run until they are stopped; e2e/hand-over.spec.ts has both',
  },
  'hand-over#try-it-on-your-machine/2': {
    notRun: 'a server that runs until it is stopped; e2e/frameworks.spec.ts has the examples',
  },
  'management-api#keys/1': {
    notRun: 'a command of an operator, which server/delivery/cli/management-key.test.ts runs',
  },
  'webhooks#receive-an-event/1': { notRun: 'what the platform sends; server/outbox/webhooks.test.ts receives it' },
  'embedded-sign-up#our-popup-your-users/1': {
    notRun: 'a request that the platform sends; server/delivery/popup/vendor-endpoint.test.ts receives it',
  },
  'devices#tills-tablets-and-tvs/1': {
    notRun: 'a part of a program; e2e/device.spec.ts makes the same calls by openid-client',
  },
  'openid-connect-clients#what-a-page-can-do/1': {
    notRun: 'a part of a program; e2e/oidc-client.spec.ts has the same settings',
  },
  'openid-connect-clients#authlib/1': { notRun: 'npm run test:clients runs it where there is Python' },
  'openid-connect-clients#mozilla-django-oidc/1': { notRun: 'npm run test:clients runs it where there is Python' },
  'openid-connect-clients#social-auth/1': { notRun: 'npm run test:clients runs it where there is Python' },
  'openid-connect-clients#go-oidc/1': { notRun: 'npm run test:clients runs it where there is Go' },
  'openid-connect-clients#oauth2-proxy/1': { notRun: 'npm run test:clients runs it where there is Go' },
  'openid-connect-clients#spring-security/1': { notRun: 'npm run test:clients runs it where there is Java' },
  'openid-connect-clients#keycloak-as-broker/1': { notRun: 'npm run test:clients runs it where there is Java' },
  'openid-connect-clients#mod_auth_openidc/1': { notRun: 'npm run test:clients runs it on Debian' },
};

export function fateOf({ key, language }: Pick<CodeBlock, 'key' | 'language'>): Fate | undefined {
  const [slug = ''] = key.split('#');
  return FATES[key] ?? FATES_OF_PAGES[slug] ?? FATES_OF_LANGUAGES[language];
}
