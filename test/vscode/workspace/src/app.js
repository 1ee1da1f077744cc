import { MongoClient } from 'mongodb';

const client = new MongoClient('');
await client.connect();
