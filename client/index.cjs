// `require` returns the function itself, with everything else as its properties.
const { default: createClient, ...named } = require('./index.ts');
// This mark is removed, because compilers that see it look for the function in `default`.
delete named.__esModule;

module.exports = Object.assign(createClient, named);
