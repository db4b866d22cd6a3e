import type { RecordedEvent } from '../storage/app-events.ts';

/** An event as programs read it, by the API and in a file. */
export interface EventJson {
  id: string;
  type: string;
  /** ISO 8601. */
  created_at: string;
  attempt: string | null;
  request_id: string | null;
  user_id: string | null;
  status: number | null;
  summary: string;
  detail: Record<string, unknown>;
}

export function eventJson(event: RecordedEvent): EventJson {
  const { id, kind, at, attempt, requestId, userId, status, summary, detail } = event;
  return {
    id,
    type: kind,
    created_at: at.toISOString(),
    attempt: attempt ?? null,
    request_id: requestId ?? null,
    user_id: userId ?? null,
    status: status ?? null,
    summary,
    detail,
  };
}
