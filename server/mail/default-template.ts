/**
 * The HTML of each mail, in Mustache, unless the operator has one of their own (`MAIL_TEMPLATES`). Tables and styles beside each element,
 * because mail programs know little else: Outlook pads no link, and Gmail drops the style sheet for some accounts. Nothing is loaded from
 * anywhere, so that nobody learns who opens a mail. docs/mail.md lists what a template may use.
 */
export const DEFAULT_TEMPLATE = `<!doctype html>
<html lang="{{language}}" dir="{{direction}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{{subject}}</title>
<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background: {{dark.page}} !important; }
  .sheet { background: {{dark.surface}} !important; border-color: {{dark.border}} !important; }
  .text, .name { color: {{dark.text}} !important; }
  .muted, .muted a { color: {{dark.muted}} !important; }
  .button { background: {{dark.accent}} !important; }
  .button a { color: {{dark.onAccent}} !important; }
  .code { background: {{dark.page}} !important; color: {{dark.text}} !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:{{light.page}}">
<div role="main">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:{{light.page}}">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px">
{{#platform}}<tr><td class="name" style="padding:0 4px 16px;font:600 16px/24px {{font}};color:{{light.text}}">
{{#logo}}<img src="{{logo}}" alt="" height="28" style="height:28px;vertical-align:middle;border:0">&nbsp; {{/logo}}<bdi>{{platform}}</bdi></td></tr>{{/platform}}
<tr><td class="sheet" style="padding:32px 28px 16px;background:{{light.surface}};border:1px solid {{light.border}};border-radius:12px">
<h1 class="text" style="margin:0 0 20px;font:600 22px/30px {{font}};color:{{light.text}}">{{subject}}</h1>
{{#blocks}}
{{#lines.length}}
<p class="text" style="margin:0 0 16px;font:400 16px/24px {{font}};color:{{light.text}}">{{#lines}}{{line}}{{^last}}<br>{{/last}}{{/lines}}</p>
{{/lines.length}}
{{#button}}
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 12px">
<tr><td class="button" style="border-radius:8px;background:{{light.accent}}"><a href="{{link}}" \
style="display:inline-block;padding:12px 20px;font:600 16px/20px {{font}};color:{{light.onAccent}};text-decoration:none">{{label}}</a></td></tr>
</table>
<p class="muted" style="margin:0 0 20px;font:400 13px/20px {{font}};color:{{light.muted}};\
overflow-wrap:anywhere;word-break:break-word"><bdi dir="ltr">{{link}}</bdi></p>
{{/button}}
{{#code}}
<p class="code" dir="ltr" style="margin:8px 0 20px;padding:16px;border-radius:8px;background:{{light.page}};\
font:600 22px/28px ui-monospace,Menlo,Consolas,monospace;letter-spacing:2px;color:{{light.text}};text-align:center;\
overflow-wrap:anywhere">{{code}}</p>
{{/code}}
{{/blocks}}
</td></tr>
{{#signature}}
<tr><td class="muted" style="padding:16px 4px 0;font:400 13px/20px {{font}};color:{{light.muted}}">{{name}}\
{{#links}} &nbsp;·&nbsp; <a href="{{href}}" style="color:{{light.muted}}">{{text}}</a>{{/links}}</td></tr>
{{/signature}}
</table>
</td></tr>
</table>
</div>
</body>
</html>
`;
