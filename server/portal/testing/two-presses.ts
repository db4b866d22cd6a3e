import type { HttpBrowser } from '../../testing/http-journey.ts';

/** What a browser gets, before it follows a redirect. */
export interface Answer {
  status: number;
  location: string | null;
  cookies: string[];
  body: string;
}

export interface SentForm {
  browser: HttpBrowser;
  action: string;
  /** With the file that belongs to it, if it has one. */
  body: URLSearchParams | FormData;
}

/** Sends one form so many times at once, as a browser does whose person presses twice. */
export async function press(
  { url }: { url: string },
  { browser, action, body }: SentForm,
  times: number,
): Promise<Answer[]> {
  const { pathname, search } = new URL(action, url);
  // Read once, because each answer may set other cookies.
  const cookie = browser.cookieHeader(pathname);
  const answers = Array.from({ length: times }, async () => {
    const response = await fetch(`${url}${pathname}${search}`, {
      method: 'POST',
      headers: { ...browser.headers, cookie, origin: url, 'sec-fetch-site': 'same-origin' },
      body,
      redirect: 'manual',
    });
    return {
      status: response.status,
      location: response.headers.get('location'),
      cookies: response.headers.getSetCookie(),
      body: await response.text(),
    };
  });
  return Promise.all(answers);
}
