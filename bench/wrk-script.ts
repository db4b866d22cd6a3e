/** One HTTP request. */
export interface BenchRequest {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What is asked of a server. */
export interface Load {
  /** Where it listens. */
  readonly url: string;
  /** Sent in turn. */
  readonly requests: readonly BenchRequest[];
  /** The answer that ends an act, which is what is counted. Default: 200. Any other than this and `also` fails the run. */
  readonly status?: number;
  readonly also?: readonly number[];
  /** Sent for each `code` in an answer's Location, with the code in place of {@link CODE} in its body. Its answer ends the act. */
  readonly redeem?: BenchRequest & { readonly body: string };
}

export const CODE = '<code>';
/** As the server's Retry-After says to whoever is refused because it is busy. */
const RETRY_AFTER_MS = 2_000;

export interface Answers {
  /** How many came, by status. */
  readonly byStatus: ReadonlyMap<number, number>;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Connections that failed, and answers that did not come in time. */
  readonly failed: number;
}

/**
 * The Lua script by which wrk sends a load. The requests are put together before the first is sent, because that is the generator's work.
 * @param pauseMs of each connection between an answer and its next request, on average. Without one, it sends at once
 */
export function wrkScript({ requests, redeem, also = [] }: Load, pauseMs?: number): string {
  const isPatient = also.includes(503);
  const pause = pauseMs === undefined ? '0' : `math.random(0, ${Math.round(2 * pauseMs)})`;
  return `local requests, codes = {}, {}
local turn, refused = 0, 0
local thread
counts = {}

function setup(it) thread = it end

function init()
  for _, each in ipairs({ ${requests.map((request) => `{ ${luaRequest(request)} }`).join(', ')} }) do
    requests[#requests + 1] = wrk.format(each[1], each[2], each[3], each[4])
  end
end

function request()
  ${redeem ? `if #codes > 0 then return wrk.format(${luaRequest(redeem)}) end` : ''}
  turn = turn % #requests + 1
  return requests[turn]
end

function response(status, headers)
  counts[status] = (counts[status] or 0) + 1
  ${isPatient ? 'if status == 503 then refused = refused + 1 end' : ''}
  ${redeem ? 'codes[#codes + 1] = (headers["Location"] or headers["location"] or ""):match("[?&]code=([^&]+)")' : ''}
end
${isPatient || pauseMs !== undefined ? delayOf(pause) : ''}
function done(all, latency)
  local failed = all.errors.connect + all.errors.read + all.errors.write + all.errors.timeout
  io.write(string.format("RESULT %d %d %d %d", all.duration, latency:percentile(50), latency:percentile(99), failed))
  for status, count in pairs(thread:get("counts")) do io.write(string.format(" %d=%d", status, count)) end
  io.write("\\n")
end
`;
}

/** What {@link wrkScript} prints at its end. @throws Error when wrk did not get that far */
export function readAnswers(output: string): Answers {
  const [, us, p50Us, p99Us, failed, counts = ''] = /^RESULT (\d+) (\d+) (\d+) (\d+)(.*)$/m.exec(output) ?? [];
  if (us === undefined) throw new Error(`wrk failed:\n${output}`);
  return {
    byStatus: new Map([...counts.matchAll(/(\d+)=(\d+)/g)].map(([, status, count]) => [Number(status), Number(count)])),
    seconds: Number(us) / 1e6,
    p50Ms: Number(p50Us) / 1e3,
    p99Ms: Number(p99Us) / 1e3,
    failed: Number(failed),
  };
}

/** Whoever is refused because the server is busy comes back when it says so. */
function delayOf(pause: string): string {
  return `
function delay()
  if refused > 0 then
    refused = refused - 1
    return ${RETRY_AFTER_MS}
  end
  return ${pause}
end
`;
}

/** The arguments of `wrk.format`. */
function luaRequest({ method = 'GET', path, headers = {}, body }: BenchRequest): string {
  const pairs = Object.entries(headers).map(([name, value]) => `[${luaString(name)}] = ${luaString(value)}`);
  const content = body === undefined ? 'nil' : body.split(CODE).map(luaString).join(' .. table.remove(codes) .. ');
  return `${luaString(method)}, ${luaString(path)}, { ${pairs.join(', ')} }, ${content}`;
}

/** Every byte that could mean something in Lua, or is none of ASCII, by its number. */
export function luaString(text: string): string {
  const bytes = [...Buffer.from(text)].map((byte) =>
    byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c
      ? `\\${String(byte).padStart(3, '0')}`
      : String.fromCharCode(byte),
  );
  return `"${bytes.join('')}"`;
}
