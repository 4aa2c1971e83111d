@"%~dp0diag.exe" receiver %*
