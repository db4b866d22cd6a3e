import type { HLJSApi } from 'highlight.js';
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import css from 'highlight.js/lib/languages/css';
import go from 'highlight.js/lib/languages/go';
import http from 'highlight.js/lib/languages/http';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import nginx from 'highlight.js/lib/languages/nginx';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

const LANGUAGES = { bash, css, go, http, ini, java, javascript, json, nginx, php, python, typescript, xml, yaml };
const core: HLJSApi = hljs;
for (const [name, language] of Object.entries(LANGUAGES)) core.registerLanguage(name, language);

/**
 * Code as HTML, coloured by classes: a style attribute, which other highlighters write, would need `unsafe-inline`. A language that is not
 * known stays plain.
 */
export function highlight(code: string, language: string): string {
  if (core.getLanguage(language)) return core.highlight(code, { language }).value;
  return code.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
