// What every repository promises, on every engine. One test file for all, because each process that tests on PostgreSQL starts one.
import './testing/transaction-contract.ts';
import './testing/accounts-contract.ts';
import './testing/email-codes-contract.ts';
import './testing/apps-contract.ts';
import './testing/users-contract.ts';
import './testing/grants-contract.ts';
import './testing/oidc-records-contract.ts';
import './testing/installation-contract.ts';
import './testing/realms-contract.ts';
