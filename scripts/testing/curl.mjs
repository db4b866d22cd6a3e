#!/usr/bin/env node
// What the documentation's examples need of curl, for machines that have none. It is put into the PATH under that name.
const headers = {};
let [method, address, body] = [undefined, '', undefined];
let failsWithBody = false;
const add = (field) => {
  body = body === undefined ? field : `${body}&${field}`;
};
const words = process.argv.slice(2);
for (let index = 0; index < words.length; index += 1) {
  const word = words[index];
  if (word === '-sS') continue;
  else if (word === '--fail-with-body') failsWithBody = true;
  else if (word === '-X') method = words[++index];
  else if (word === '-u') headers.authorization = `Basic ${Buffer.from(words[++index]).toString('base64')}`;
  else if (word === '-d') add(words[++index]);
  else if (word === '--data-urlencode') {
    const [name, ...value] = words[++index].split('=');
    add(`${name}=${encodeURIComponent(value.join('='))}`);
  } else if (word === '-H') {
    const [name, ...value] = words[++index].split(': ');
    headers[name.toLowerCase()] = value.join(': ');
  } else if (word.startsWith('-')) throw new Error(`this curl does not know ${word}`);
  else address = word;
}
if (body !== undefined) headers['content-type'] ??= 'application/x-www-form-urlencoded';
const response = await fetch(address, { method: method ?? (body === undefined ? 'GET' : 'POST'), headers, body });
process.stderr.write(`${response.status}\n`);
process.stdout.write(await response.text());
if (failsWithBody && !response.ok) process.exitCode = 22;
