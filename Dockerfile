# The course in JupyterLab: docker build -t dtao-edu . && docker run -p 8888:8888 dtao-edu
FROM python:3.12-slim
COPY . /src
RUN pip install --no-cache-dir -c /src/constraints.txt "/src[lecture,fast]" && rm -rf /src \
    && useradd --create-home learner
USER learner
WORKDIR /home/learner
RUN dtao-edu copy dtao-edu
EXPOSE 8888
# Inside a container the server must answer its door; JupyterLab asks for the token that it prints.
CMD ["jupyter", "lab", "--ip=0.0.0.0", "--no-browser", "--ServerApp.root_dir=/home/learner/dtao-edu"]
