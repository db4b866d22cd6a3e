// Whether the platform on this machine is ready: for container engines, whose slim images have no curl.
const { PORT = '4000' } = process.env;

try {
  const { ok } = await fetch(`http://127.0.0.1:${PORT}/readyz`, { signal: AbortSignal.timeout(4_000) });
  process.exitCode = ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
