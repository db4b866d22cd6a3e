// Runs on any Node that has modules, so that an old one says what is wrong instead of failing at the first thing that it lacks.
const OLDEST = 24;

if (Number(process.versions.node.split('.', 1)[0]) < OLDEST) {
  console.error(
    `The platform needs Node ${OLDEST} or newer, and this is Node ${process.versions.node} (${process.execPath}): install a newer one from https://nodejs.org.`,
  );
  process.exit(1);
}
