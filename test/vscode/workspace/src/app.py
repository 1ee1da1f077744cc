from pymongo import MongoClient

client = MongoClient("")
client.admin.command("ping")
