import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RecordedEvent } from '#storage/app-events.ts';
import { CSV_CELLS } from '../../../../scripts/testing/hostile-inputs.ts';
import { csvCell, exportLine, HEADERS } from './export-file.ts';

const event: RecordedEvent = {
  id: '0mbg2q7f000010123456789',
  clientId: 'c',
  kind: 'popup.refused',
  requestId: '=1+1',
  attempt: 'a'.repeat(22),
  userId: undefined,
  status: undefined,
  summary: 'Refused: the origin is not registered: https://evil.example',
  detail: { reason: 'origin_not_registered', hint: 'say "no", then leave' },
  at: new Date('2026-11-30T01:00:00.123Z'),
};

describe('a file of events', () => {
  for (const { input, value, what } of CSV_CELLS.understood)
    it(`writes a cell of CSV so that it stays text: ${what}`, () => assert.equal(csvCell(input), value));

  it('is CSV with a line that names the columns', () => {
    assert.equal(HEADERS.csv, 'created_at,type,summary,status,attempt,request_id,user_id,id,detail\r\n');
    assert.equal(
      exportLine('csv', event),
      '2026-11-30T01:00:00.123Z,popup.refused,Refused: the origin is not registered: https://evil.example,,' +
        `${'a'.repeat(22)},"'=1+1",,${event.id},` +
        '"{""reason"":""origin_not_registered"",""hint"":""say \\""no\\"", then leave""}"\r\n',
    );
  });

  it('is JSON, an event a line, in the form of the API', () => {
    const line = exportLine('jsonl', { ...event, summary: 'one\nline' });
    assert.equal(line.split('\n').length, 2);
    const { id, attempt, detail } = event;
    assert.deepEqual(JSON.parse(line), {
      id,
      type: 'popup.refused',
      created_at: '2026-11-30T01:00:00.123Z',
      attempt,
      request_id: '=1+1',
      user_id: null,
      status: null,
      summary: 'one\nline',
      detail,
    });
  });
});
