import type { ScriptData } from '#pages/scripts/read-data.ts';

/** Runs in the browser, in the popup: goes on when the window beside it says that it is over there. Nothing is said but that. */
export function waitForWindow({ message, relay }: ScriptData): void {
  const channel = new BroadcastChannel(String(message));
  channel.onmessage = () => {
    channel.close();
    if (relay) location.replace(relay);
  };
}
