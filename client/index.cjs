// What `require` gets: the function itself, with everything else as its properties.
const { default: createClient, ...named } = require('./index.ts');
// A mark for compilers, which would look for the function in a `default` that is not there.
delete named.__esModule;

module.exports = Object.assign(createClient, named);
