// This must be the first import, because it hydrates what the server has rendered.
import 'signup-with-platform/hydrate';
import '../plain/main.ts';
