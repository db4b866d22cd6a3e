/** Headers of server-sent events (HTML section 9.2). */
export const EVENT_STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // A proxy that collects an answer before it passes it on would make the log anything but live (nginx).
  'x-accel-buffering': 'no',
};
