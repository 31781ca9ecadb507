"""fastapi-users had its tables here before 10.0."""

import fastapi_users_db_sqlalchemy as tables

SQLAlchemyBaseOAuthAccountTable = tables.SQLAlchemyBaseOAuthAccountTable
SQLAlchemyBaseOAuthAccountTableUUID = tables.SQLAlchemyBaseOAuthAccountTableUUID
SQLAlchemyBaseUserTable = tables.SQLAlchemyBaseUserTable
SQLAlchemyBaseUserTableUUID = tables.SQLAlchemyBaseUserTableUUID
