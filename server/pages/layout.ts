import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import {
  READY_MESSAGE,
  RESPONSE_ERRORS,
  RESPONSE_MESSAGE,
  type ReadyMessage,
  type ResponseMessage,
} from '@signup-with-platform/protocol';
import { renderDocument, siteName } from './document.ts';
import { deliberateScript } from './forms.ts';
import { type Inline, inlineScriptWithData } from './inline.ts';
import type { PageContext } from './models.ts';
import { firstStyleOf, styleOf } from './page-styles.ts';
import type { RenderedPage } from './rendered-page.ts';
import { postToOpener } from './scripts/post-to-opener.ts';
import { type ImageSource, imageSource, isWebOrigin } from './uris.ts';
import type { Problem } from './window-title.ts';

const readyScript = inlineScriptWithData(postToOpener);

export interface PageContent {
  language: Language;
  /** For the window's title bar, before the platform's name. */
  title: string;
  /** What the title begins with. Default: nothing is wrong. */
  problem?: Problem | undefined;
  main: unknown;
  /** Run in this order when the page has been parsed. */
  scripts: readonly Inline[];
  /** What the page shows besides the vendor's logo. */
  images?: readonly ImageSource[];
  /** Whether a form of the page is marked as `deliberate`. Default: no. */
  deliberate?: boolean;
  /** Whether it is the first page, which has to be small. Default: no. */
  isFirst?: boolean;
  /** See {@link RenderedPage.personal}. */
  personal?: boolean;
  /** Whether forms may end anywhere, because where is not known. */
  formsAnywhere?: boolean;
  /** The only address that the page's forms post to, when they post elsewhere. */
  formAddress?: string | undefined;
}

/** The document around each page of the popup, and the policy that fits it. */
export function renderPage(context: PageContext, page: PageContent): RenderedPage {
  const logo = imageSource(context.vendor?.logoUri);
  const images = [...(page.images ?? []), ...(logo ? [logo] : [])];
  return renderDocument({
    site: context,
    language: page.language,
    title: page.title,
    problem: page.problem,
    theme: context.theme,
    style: (page.isFirst ? firstStyleOf : styleOf)(context.brand),
    firstScripts: [readyInline(context.ready) ?? [], page.deliberate ? deliberateScript() : []].flat(),
    scripts: page.scripts,
    bar: siteName(context),
    content: html`<main class="column">${page.main}</main>`,
    sources: {
      imageOrigins: images.flatMap(({ origin }) => origin ?? []),
      formOrigins: context.formTargets ?? [],
      formsAnywhere: page.formsAnywhere ?? false,
      formAddress: page.formAddress,
    },
    personal: page.personal ?? false,
  });
}

/** Nothing for what is not an exact web origin: never `*`. */
function readyInline(ready: PageContext['ready']): Inline | undefined {
  if (!ready || !isWebOrigin(ready.origin)) return undefined;
  const { state, origin, ends } = ready;
  return readyScript({
    message: { type: READY_MESSAGE, state } satisfies ReadyMessage,
    targetOrigin: origin,
    ...(ends && {
      last: {
        type: RESPONSE_MESSAGE,
        state,
        iss: ends.issuer,
        error: RESPONSE_ERRORS.ATTEMPT_EXPIRED,
        error_description: 'Nobody answered the page for too long.',
      } satisfies ResponseMessage,
      // Counted from when the page arrives, because the clock of a device is no evidence.
      lastInMs: Math.max(0, ends.at - Date.now()),
    }),
  });
}
