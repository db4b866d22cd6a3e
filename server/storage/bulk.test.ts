import './testing/bulk-contract.ts';
