import type { ScriptData } from '#pages/scripts/read-data.ts';

/** Runs in the browser, in the window in which somebody was at another login: tells the popup that it is over here. */
export function tellPopup({ message }: ScriptData): void {
  const channel = new BroadcastChannel(String(message));
  channel.postMessage('over');
  channel.close();
}
