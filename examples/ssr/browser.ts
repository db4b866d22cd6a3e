// First of all imports: it takes over what the server has rendered.
import 'signup-with-platform/hydrate';
import '../plain/main.ts';
