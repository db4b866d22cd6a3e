import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { it } from 'node:test';
import { promisify } from 'node:util';
import { startTestPlatform } from '#testing/test-platform.ts';

/** The contract's own PHP, word for word but for address, client_id and client_secret, and a last line that prints. */
const example = (address: string, app: { clientId: string; clientSecret: string }) => `<?php
$url = "${address}/custom_api/external_login";
$data = array(
  "client_id" => "${app.clientId}",
  "client_secret" => "${app.clientSecret}",
  "environment" => "localhost"
);

$options = array(
  "http" => array(
    "header" => "Content-type: application/json",
    "method" => "POST",
    "content" => json_encode($data)
  )
);

$context = stream_context_create($options);
$result = file_get_contents($url, false, $context);
echo $result;
?>`;

/** Only where there is a PHP to run it. */
if (hasPhp()) {
  it('the PHP of the contract logs in', async () => {
    const platform = await startTestPlatform();
    try {
      const app = await platform.createApp();
      const code = example(platform.url.replace('localhost', '127.0.0.1'), app).replace(/^<\?php|\?>$/g, '');
      const { stdout } = await promisify(execFile)('php', ['-r', code]);
      const {
        code: status,
        message,
        data,
      } = JSON.parse(stdout) as { code: number; message: string; data: { token: string } };
      assert.deepEqual([status, message], [200, 'success']);
      assert.match(data.token, /^[\w-]+\.[\w-]+\.[\w-]+$/);
    } finally {
      await platform.close();
    }
  });
}

function hasPhp(): boolean {
  try {
    execFileSync('php', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
