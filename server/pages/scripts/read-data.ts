/** What a page hands to its script: a message, and where it goes. */
export interface ScriptData {
  message: unknown;
  targetOrigin: string;
  /** Where the page goes when the message cannot be posted. */
  relay?: string | undefined;
  /** Posted when nobody has answered the page for `lastInMs`. */
  last?: unknown;
  lastInMs?: number | undefined;
}

/** Runs in the browser: takes the mask off what the page hands to the script that is running (server/http/mask.ts). */
export function readData(): ScriptData {
  const { masked = '' } = (document.currentScript as HTMLScriptElement).dataset;
  const bytes = Uint8Array.from(atob(masked), (character) => character.charCodeAt(0));
  const half = bytes.length / 2;
  const text = bytes.slice(half).map((byte, index) => byte ^ (bytes[index] as number));
  return JSON.parse(new TextDecoder().decode(text));
}
